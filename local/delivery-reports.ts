/**
 * Carries delivery reports from the mail service to the queue `delivery-reports`, as Event Grid does in the cloud.
 * From: `email/`, which hands a report over until this succeeds. Next: the email piece.
 */
import { ServiceBusClient, type ServiceBusSender } from '@azure/service-bus';

const queue = 'delivery-reports';

/** One message per event, its id the event's, so that a report handed over twice arrives once. */
export const reportsToQueue = (connectionString: string) => {
  let sender: ServiceBusSender | undefined;
  return async (events: readonly { id: string }[]): Promise<void> => {
    sender ??= new ServiceBusClient(connectionString).createSender(queue);
    await sender.sendMessages(
      events.map((event) => ({ messageId: event.id, body: event, contentType: 'application/json' })),
    );
  };
};
