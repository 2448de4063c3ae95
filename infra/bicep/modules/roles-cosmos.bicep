// Who may read and write which container. These are the store's own roles: being an Azure contributor gives no data.
// From: roles.bicep, generated/grants.json. Next: function apps start.

@description('Identities of the apps as identities.bicep gives them.')
param identities array

@description('The account, with its database and containers.')
param accountName string

@description('Database the containers lie in.')
param databaseName string

var grants = any(loadJsonContent('../generated/grants.json')) // untyped, since a list may be empty
var principalOf = toObject(identities, one => one.app, one => one.principalId)

// Built-in roles; both may follow the change feed.
var roleIds = {
  reader: '00000000-0000-0000-0000-000000000001'
  contributor: '00000000-0000-0000-0000-000000000002'
}

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' existing = {
  name: accountName
}

resource role 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = [
  for grant in grants.containers: {
    parent: account
    name: guid(account.id, grant.container, principalOf[grant.app], roleIds[grant.role])
    properties: {
      principalId: principalOf[grant.app]
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/${roleIds[grant.role]}'
      scope: '${account.id}/dbs/${databaseName}/colls/${grant.container}'
    }
  }
]
