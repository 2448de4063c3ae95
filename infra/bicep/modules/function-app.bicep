// One app on its own Flex Consumption plan, with its own identity and no keys. From: main.bicep. Next: azd deploys dist/ into it.

@description('Region of plan and app.')
param location string

@description('Tags; azd finds the app by azd-service-name.')
param tags object

@description('Name of the app, unique in Azure.')
param name string

@description('Its identity as identities.bicep gives it: id, clientId, principalId.')
param identity object

@description('Memory of an instance: 512, 2048 or 4096 MB.')
@allowed([512, 2048, 4096])
param memoryMB int

@description('How far it may scale out.')
param maximumInstances int

@description('Storage account of its own, with a container `package`.')
param hostStorageName string

@description('Application Insights component it writes to.')
param insightsName string

@description('App settings by name, besides those of the platform.')
param settings object

var storageHost = '${hostStorageName}.blob.${environment().suffixes.storage}'

// A connection by identity is three settings: where, that it is an identity, and which.
var byIdentity = flatten(map(['AzureWebJobsStorage', 'SERVICEBUS', 'COSMOS', 'BLOB'], connection => [
  { name: '${connection}__credential', value: 'managedidentity' }
  { name: '${connection}__clientId', value: identity.clientId }
]))

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var platformSettings = [
  { name: 'AzureWebJobsStorage__blobServiceUri', value: 'https://${storageHost}' }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: replace('https://${storageHost}', '.blob.', '.queue.') }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: replace('https://${storageHost}', '.blob.', '.table.') }
  { name: 'AZURE_CLIENT_ID', value: identity.clientId }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identity.clientId};Authorization=AAD' }
]

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${storageHost}/package'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: { instanceMemoryMB: memoryMB, maximumInstanceCount: maximumInstances }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: concat(
        platformSettings,
        byIdentity,
        map(items(settings), setting => { name: setting.key, value: setting.value })
      )
    }
  }
}

// Publishing by user name and password is off: azd publishes with the deployer's own token.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = [
  for kind in ['ftp', 'scm']: {
    parent: app
    name: kind
    properties: { allow: false }
  }
]

@description('Web address of the app.')
output url string = 'https://${app.properties.defaultHostName}'
