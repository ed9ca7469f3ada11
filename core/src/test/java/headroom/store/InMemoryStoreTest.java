package headroom.store;

class InMemoryStoreTest extends StoreContract {
  @Override
  protected RollupStore open() {
    return new InMemoryStore();
  }
}
