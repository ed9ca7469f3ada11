package wallet;

import java.math.BigDecimal;

/**
 * One exchange of money: {@code amount} of {@code sold} became {@code received} of {@code bought}.
 */
record Exchange(
    long id,
    long account,
    String sold,
    String bought,
    BigDecimal amount,
    BigDecimal received,
    BigDecimal rate) {}
