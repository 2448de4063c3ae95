// One user-assigned identity per app of the topology. From: main.bicep. Next: roles and function apps.

@description('Region of the identities.')
param location string

@description('Tags of the identities.')
param tags object

@description('Beginning of each name; the app follows.')
param prefix string

var apps = items(any(loadJsonContent('../../topology.json')).apps)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = [
  for app in apps: {
    name: '${prefix}-${app.key}'
    location: location
    tags: tags
  }
]

@description('Per app, in the order of `items(topology.apps)`: its name and the ids of its identity.')
output apps array = [
  for (app, i) in apps: {
    app: app.key
    id: identity[i].id
    clientId: identity[i].properties.clientId
    principalId: identity[i].properties.principalId
  }
]
