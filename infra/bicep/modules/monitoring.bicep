// Log Analytics and Application Insights, written to by identities only. From: main.bicep. Next: function apps, alerts.

@description('Region of the workspace.')
param location string

@description('Tags of both resources.')
param tags object

@description('End of both names.')
param name string

@description('Gigabytes a day at which collection stops until midnight UTC.')
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

@description('Name of the Application Insights component.')
output insightsName string = insights.name
