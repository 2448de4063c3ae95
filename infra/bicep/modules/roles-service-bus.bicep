// Who may send to and receive from which queue, topic and subscription: one role per app and entity.
// From: roles.bicep, generated/grants.json. Next: function apps start.

@description('Identities of the apps as identities.bicep gives them.')
param identities array

@description('The namespace, with its entities.')
param namespaceName string

var grants = any(loadJsonContent('../generated/grants.json')) // untyped, since a list may be empty
var principalOf = toObject(identities, one => one.app, one => one.principalId)
var sender = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39')
var receiver = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0')

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: namespaceName
}

resource sentQueue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [
  for grant in grants.queueSenders: {
    parent: namespace
    name: grant.queue
  }
]

resource queueSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in grants.queueSenders: {
    name: guid(sentQueue[i].id, principalOf[grant.app], sender)
    scope: sentQueue[i]
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: sender
    }
  }
]

resource sentTopic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' existing = [
  for grant in grants.topicSenders: {
    parent: namespace
    name: grant.topic
  }
]

resource topicSender 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in grants.topicSenders: {
    name: guid(sentTopic[i].id, principalOf[grant.app], sender)
    scope: sentTopic[i]
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: sender
    }
  }
]

resource receivedQueue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' existing = [
  for grant in grants.queueReceivers: {
    parent: namespace
    name: grant.queue
  }
]

resource queueReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in grants.queueReceivers: {
    name: guid(receivedQueue[i].id, principalOf[grant.app], receiver)
    scope: receivedQueue[i]
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: receiver
    }
  }
]

resource receivedTopic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' existing = [
  for grant in grants.subscriptionReceivers: {
    parent: namespace
    name: grant.topic
  }
]

resource received 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' existing = [
  for (grant, i) in grants.subscriptionReceivers: {
    parent: receivedTopic[i]
    name: grant.subscription
  }
]

resource subscriptionReceiver 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in grants.subscriptionReceivers: {
    name: guid(received[i].id, principalOf[grant.app], receiver)
    scope: received[i]
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: receiver
    }
  }
]
