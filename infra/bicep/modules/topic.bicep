// One topic with its subscriptions and their filters. From: service-bus.bicep. Next: roles-service-bus.bicep.

@description('Namespace the topic lies in.')
param namespaceName string

@description('Name of the topic.')
param name string

@description('The topic as the topology writes it.')
param settings object

var subscriptions = items(settings.subscriptions)

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: namespaceName
}

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = {
  parent: namespace
  name: name
  properties: contains(settings, 'duplicateDetection')
    ? {
        requiresDuplicateDetection: true
        duplicateDetectionHistoryTimeWindow: settings.duplicateDetection
      }
    : {}
}

resource subscription 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for one in subscriptions: {
    parent: topic
    name: one.key
    properties: union(
      {
        requiresSession: one.value.sessions
        lockDuration: one.value.lockDuration
        maxDeliveryCount: one.value.maxDeliveryCount
        deadLetteringOnMessageExpiration: true
        deadLetteringOnFilterEvaluationExceptions: true
      },
      contains(one.value, 'timeToLive') ? { defaultMessageTimeToLive: one.value.timeToLive } : {}
    )
  }
]

// A subscription without a filter keeps the service's own rule, which lets everything through.
resource rule 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [
  for (one, i) in subscriptions: if (contains(one.value, 'filter')) {
    parent: subscription[i]
    name: '$Default'
    properties: {
      filterType: 'SqlFilter'
      sqlFilter: { sqlExpression: one.value.?filter ?? '1=1' }
    }
  }
]
