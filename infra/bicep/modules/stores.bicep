// Everything that keeps data: blobs, queues and topics, documents, secrets. From: main.bicep. Next: roles, apps, alerts.

@description('Region of the stores.')
param location string

@description('Tags of all resources.')
param tags object

@description('Environment and a token that makes names unique in Azure.')
param suffix string

@description('The same token alone, for names that are short or allow letters and digits only.')
param token string

@description('Whether what must not be lost is protected against deletion.')
param protectData bool

var topology = any(loadJsonContent('../../topology.json'))
var undelivered = 'undelivered-events'

// Uploads, documents, exports, anchors; and events that could not be delivered.
module documents 'storage.bicep' = {
  name: 'document-storage'
  params: {
    location: location
    tags: tags
    name: 'st${token}documents'
    containers: concat(items(topology.blobContainers), [{ key: undelivered, value: { immutable: false } }])
    protectData: protectData
  }
}

// Queues and topics.
module serviceBus 'service-bus.bicep' = {
  name: 'service-bus'
  params: { location: location, tags: tags, name: 'sb-dunwell-${suffix}' }
}

// Accounts, receipts, imports, reports.
module cosmos 'cosmos.bicep' = {
  name: 'cosmos'
  params: { location: location, tags: tags, name: 'cosmos-dunwell-${suffix}' }
}

// Secrets of the payment providers; keys of links and of inbound mail, the salt of addresses.
module keyVault 'key-vault.bicep' = {
  name: 'key-vault'
  params: { location: location, tags: tags, name: 'kv-dw-${token}', protectData: protectData }
}

@description('Names, by which other modules find the stores.')
output names object = {
  storage: documents.outputs.name
  undeliveredContainer: undelivered
  serviceBus: serviceBus.outputs.name
  cosmos: cosmos.outputs.name
  database: topology.database
  keyVault: keyVault.outputs.name
}

@description('App settings that say where the stores are, and which secrets the vault holds.')
output settings object = {
  SERVICEBUS__fullyQualifiedNamespace: serviceBus.outputs.host
  COSMOS__accountEndpoint: cosmos.outputs.endpoint
  BLOB__serviceUri: documents.outputs.blobEndpoint
  LINK_KEYS: '@Microsoft.KeyVault(VaultName=${keyVault.outputs.name};SecretName=link-keys)'
  MAIL_WEBHOOK_KEYS: '@Microsoft.KeyVault(VaultName=${keyVault.outputs.name};SecretName=mail-webhook-keys)'
  PAYMENTS_ACCOUNTS: '@Microsoft.KeyVault(VaultName=${keyVault.outputs.name};SecretName=payments-accounts)'
  PEOPLE_SALT: '@Microsoft.KeyVault(VaultName=${keyVault.outputs.name};SecretName=people-salt)'
}
