// Who may do what with which entity: one role per app and entity. From: main.bicep, generated/grants.json.
// Next: function apps start.

@description('Identities of the apps as identities.bicep gives them.')
param identities array

@description('Names of the stores as stores.bicep gives them.')
param stores object

@description('Communication Services resource that sends.')
param communicationName string

@description('Application Insights component.')
param insightsName string

@description('Apps that may read secrets.')
param secretReaders string[]

var grants = any(loadJsonContent('../generated/grants.json')) // untyped, since a list may be empty
var principalOf = toObject(identities, one => one.app, one => one.principalId)

var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var mailOwner = '09976791-48a7-449e-bb21-39d1a415f350'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

module busRoles 'roles-service-bus.bicep' = {
  name: 'roles-service-bus'
  params: { identities: identities, namespaceName: stores.serviceBus }
}

module storeRoles 'roles-cosmos.bicep' = {
  name: 'roles-cosmos'
  params: { identities: identities, accountName: stores.cosmos, databaseName: stores.database }
}

resource documents 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: stores.storage
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' existing = {
  parent: documents
  name: 'default'
}

resource blobContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = [
  for grant in grants.blobContainers: {
    parent: blobs
    name: grant.container
  }
]

resource blobRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in grants.blobContainers: {
    name: guid(blobContainer[i].id, principalOf[grant.app], blobContributor)
    scope: blobContainer[i]
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
    }
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource telemetryRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in identities: {
    name: guid(insights.id, one.principalId, metricsPublisher)
    scope: insights
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    }
  }
]

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: communicationName
}

resource mailRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in grants.mailSenders: {
    name: guid(communication.id, principalOf[grant.app], mailOwner)
    scope: communication
    properties: {
      principalId: principalOf[grant.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', mailOwner)
    }
  }
]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: stores.keyVault
}

resource secretRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in secretReaders: {
    name: guid(vault.id, principalOf[app], secretsUser)
    scope: vault
    properties: {
      principalId: principalOf[app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    }
  }
]
