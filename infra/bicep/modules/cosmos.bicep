// The serverless Cosmos DB account with the database and containers of the topology. From: main.bicep. Next: roles-cosmos.bicep.
// Containers must be made here: an identity cannot make them. Keys and unique keys cannot be changed later.

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Name of the account, unique in Azure.')
param name string

var topology = any(loadJsonContent('../../topology.json'))

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: false }]
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: 'Enabled'
    backupPolicy: { type: 'Continuous', continuousModeProperties: { tier: 'Continuous7Days' } }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: topology.database
  properties: { resource: { id: topology.database } }
}

// What is not named is not indexed.
var nothingElse = [{ path: '/*' }]

@batchSize(5)
resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for one in items(topology.containers): {
    parent: database
    name: one.key
    properties: {
      resource: union(
        {
          id: one.key
          partitionKey: {
            paths: one.value.keys
            kind: length(one.value.keys) > 1 ? 'MultiHash' : 'Hash'
            version: 2
          }
          indexingPolicy: {
            indexingMode: 'consistent'
            automatic: true
            includedPaths: map(one.value.indexed, path => { path: path })
            excludedPaths: contains(one.value.indexed, '/*') ? [] : nothingElse
            compositeIndexes: map(
              one.value.?composite ?? [],
              paths => map(paths, path => { path: path, order: 'ascending' })
            )
          }
        },
        contains(one.value, 'defaultTtlSeconds') ? { defaultTtl: one.value.defaultTtlSeconds } : {},
        empty(one.value.?uniqueKeys ?? [])
          ? {}
          : { uniqueKeyPolicy: { uniqueKeys: map(one.value.uniqueKeys, paths => { paths: paths }) } }
      )
    }
  }
]

@description('Name of the account.')
output name string = account.name

@description('Endpoint that clients connect to.')
output endpoint string = account.properties.documentEndpoint
