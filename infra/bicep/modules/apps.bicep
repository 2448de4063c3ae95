// Every app of the topology: host storage of its own, the host's rights on it, the function app.
// From: main.bicep, when stores and roles are there. Next: azd deploys dist/ into each.

@description('Region of the apps.')
param location string

@description('Tags of all resources.')
param tags object

@description('Environment and a token that makes names unique in Azure.')
param suffix string

@description('The same token alone, for names that allow letters and digits only.')
param token string

@description('Identities as identities.bicep gives them, in the order of `items(topology.apps)`.')
param identities array

@description('Application Insights component they write to.')
param insightsName string

@description('App settings that all of them share, by name.')
param settings object

var apps = items(any(loadJsonContent('../../topology.json')).apps)

// No app can touch another's code or locks.
module storage 'storage.bicep' = [
  for app in apps: {
    name: 'host-storage-${app.key}'
    params: {
      location: location
      tags: tags
      name: take('st${token}${replace(app.key, '-', '')}', 24)
      containers: [{ key: 'package', value: { immutable: false } }]
      protectData: false
    }
  }
]

module hostRoles 'roles-host.bicep' = [
  for (app, i) in apps: {
    name: 'roles-host-${app.key}'
    params: { storageName: storage[i].outputs.name, principalId: identities[i].principalId }
  }
]

module functionApp 'function-app.bicep' = [
  for (app, i) in apps: {
    name: 'function-app-${app.key}'
    params: {
      location: location
      tags: union(tags, { 'azd-service-name': app.key })
      name: 'func-dunwell-${app.key}-${suffix}'
      identity: identities[i]
      memoryMB: app.value.memoryMB
      maximumInstances: app.value.maximumInstances
      hostStorageName: storage[i].outputs.name
      insightsName: insightsName
      settings: union(settings, { DUNWELL_APP: app.key })
    }
    dependsOn: [hostRoles]
  }
]

@description('Web address of each app.')
output urls array = [for (app, i) in apps: { app: app.key, url: functionApp[i].outputs.url }]
