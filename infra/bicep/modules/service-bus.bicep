// The namespace with the queues and topics of the topology. From: main.bicep. Next: topic.bicep, roles, function apps.
// Sessions and duplicate detection cannot be changed later: a queue that needs other ones gets another name.

@description('Region of the namespace.')
param location string

@description('Tags of the namespace.')
param tags object

@description('Name of the namespace, unique in Azure.')
param name string

var topology = any(loadJsonContent('../../topology.json'))

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for one in items(topology.queues): {
    parent: namespace
    name: one.key
    properties: union(
      {
        requiresSession: one.value.sessions
        lockDuration: one.value.lockDuration
        maxDeliveryCount: one.value.maxDeliveryCount
        deadLetteringOnMessageExpiration: true
      },
      contains(one.value, 'duplicateDetection')
        ? {
            requiresDuplicateDetection: true
            duplicateDetectionHistoryTimeWindow: one.value.duplicateDetection
          }
        : {},
      contains(one.value, 'timeToLive') ? { defaultMessageTimeToLive: one.value.timeToLive } : {}
    )
  }
]

module topic 'topic.bicep' = [
  for one in items(topology.topics): {
    name: 'topic-${one.key}'
    params: { namespaceName: namespace.name, name: one.key, settings: one.value }
  }
]

@description('Name of the namespace.')
output name string = namespace.name

@description('Host that clients connect to.')
output host string = '${namespace.name}.servicebus.windows.net'
