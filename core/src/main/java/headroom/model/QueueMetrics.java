package headroom.model;

import static headroom.model.Measure.*;

import java.util.List;

/** The names of messages, their queues and the lag of those who consume them. */
final class QueueMetrics {
  private QueueMetrics() {}

  static void define(MetricTable table) {
    String destination = "messaging.destination.name";
    String partition = "messaging.destination.partition.id";
    table
        .define("messaging.process.duration", QUEUE_PROCESS)
        .time(1)
        .by(destination)
        .detail(partition, "messaging.kafka.destination.partition");
    table
        .define("messaging.client.sent.messages", QUEUE_PUBLISHED)
        .by(destination)
        .detail(partition);
    table
        .define("messaging.client.consumed.messages", QUEUE_CONSUMED)
        .by(destination)
        .detail(partition);
    table
        .define("messaging.client.operation.duration", QUEUE_OPERATION)
        .time(1)
        .by(destination)
        .detail("messaging.operation.name");
    table
        .define("messaging.publish.duration", QUEUE_OPERATION)
        .time(1)
        .by(destination)
        .fixed("publish");
    table
        .define("messaging.receive.duration", QUEUE_OPERATION)
        .time(1)
        .by(destination)
        .fixed("receive");
    table.define("messaging.publish.messages", QUEUE_PUBLISHED).by(destination).detail(partition);
    table.define("messaging.receive.messages", QUEUE_CONSUMED).by(destination).detail(partition);
    table
        .define("kafka.consumer_group.lag", QUEUE_DEPTH)
        .by("group")
        .by("topic")
        .detail("partition");
    table.define("kafka.consumer_group.lag_sum", QUEUE_DEPTH_TOTAL).by("group").by("topic");
    table
        .define("kafka.consumer_group.offset", QUEUE_COMMITTED)
        .by("group")
        .by("topic")
        .detail("partition");
    table.define("kafka.partition.current_offset", QUEUE_OFFSET).by("topic").detail("partition");
    table
        .define("kafka_consumergroup_lag", QUEUE_DEPTH)
        .by("consumergroup")
        .by("topic")
        .detail("partition");
    table.define("kafka_consumergroup_lag_sum", QUEUE_DEPTH_TOTAL).by("consumergroup").by("topic");
    table
        .define("kafka_consumergroup_current_offset", QUEUE_COMMITTED)
        .by("consumergroup")
        .by("topic")
        .detail("partition");
    table
        .define("kafka_topic_partition_current_offset", QUEUE_OFFSET)
        .by("topic")
        .detail("partition");
    for (String prefix : List.of("kafka.consumer.", "kafka.consumer.fetch.manager.")) {
      String lag = prefix + (prefix.endsWith("consumer.") ? "records_lag" : "records.lag");
      String dot = prefix.endsWith("consumer.") ? "_" : ".";
      table.define(lag, QUEUE_CLIENT_LAG).by("topic").detail("partition");
      table
          .define(lag + dot + "avg", QUEUE_CLIENT_LAG_MEAN)
          .by("topic")
          .detail("client-id", "client.id")
          .detail("partition")
          .otherwise("(all)");
      table
          .define(lag + dot + "max", QUEUE_CLIENT_LAG_MAX)
          .by("topic")
          .detail("client-id", "client.id")
          .detail("partition")
          .otherwise("(all)");
    }
    table
        .define("rabbitmq.message.current")
        .by("rabbitmq.queue.name", "queue")
        .otherwise("rabbitmq")
        .when("ready", QUEUE_READY)
        .when("unacknowledged", QUEUE_UNACKED)
        .choose("state");
    table.define("rabbitmq.message.published", QUEUE_PUBLISHED).by("queue").otherwise("rabbitmq");
    table.define("rabbitmq.message.delivered", QUEUE_DELIVERED).by("queue").otherwise("rabbitmq");
    table.define("rabbitmq.message.acknowledged", QUEUE_CONSUMED).by("queue").otherwise("rabbitmq");
    table.define("rabbitmq.consumer.count", QUEUE_CONSUMERS).by("queue").otherwise("rabbitmq");
    table.define("rabbitmq_queue_messages", QUEUE_DEPTH).by("queue").otherwise("rabbitmq");
    table.define("rabbitmq_queue_messages_ready", QUEUE_READY).by("queue").otherwise("rabbitmq");
    table
        .define("rabbitmq_queue_messages_unacked", QUEUE_UNACKED)
        .by("queue")
        .otherwise("rabbitmq");
    table.define("rabbitmq_queue_consumers", QUEUE_CONSUMERS).by("queue").otherwise("rabbitmq");
  }
}
