// A storage account with blob containers, opened by identities only. From: main.bicep. Next: roles, function apps.

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Name of the account: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Containers as `items()` gives them: key is the name, value says whether it is immutable.')
param containers array

@description('Whether deleted blobs can be brought back and immutable containers are really immutable.')
param protectData bool

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: protectData ? { enabled: true, days: 30 } : { enabled: false }
    containerDeleteRetentionPolicy: protectData ? { enabled: true, days: 30 } : { enabled: false }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for one in containers: {
    parent: blobs
    name: one.key
    properties: { publicAccess: 'None' }
  }
]

// Ten years, the longest time books are kept; unlocked, so that the operator decides when to lock it.
resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = [
  for (one, i) in containers: if (protectData && (one.value.?immutable ?? false)) {
    parent: container[i]
    name: 'default'
    properties: {
      immutabilityPeriodSinceCreationInDays: 3653
      allowProtectedAppendWrites: true
    }
  }
]

@description('Name of the account, once its containers are there.')
output name string = account.name

@description('Blob endpoint, without a slash at its end.')
output blobEndpoint string = 'https://${account.name}.blob.${environment().suffixes.storage}'
