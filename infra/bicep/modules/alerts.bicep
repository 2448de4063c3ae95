// What a person must hear of: work that failed for good, and a store that is too busy. From: main.bicep. Next: a mail.

@description('Tags of the alerts.')
param tags object

@description('Beginning of each name.')
param prefix string

@description('Who is told.')
param operatorMail string

@description('Names of the stores as stores.bicep gives them.')
param stores object

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: stores.serviceBus
}

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' existing = {
  name: stores.cosmos
}

resource operators 'Microsoft.Insights/actionGroups@2024-10-01-preview' = {
  name: '${prefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'dunwell'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: operatorMail, useCommonAlertSchema: true }]
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message was given up. Staff see it under failed work.'
    severity: 2
    enabled: true
    scopes: [namespace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-letters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Maximum'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
        }
      ]
    }
    actions: [{ actionGroupId: operators.id }]
  }
}

resource throttled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-store-too-busy'
  location: 'global'
  tags: tags
  properties: {
    description: 'The store turned more than 100 requests away within 15 minutes.'
    severity: 3
    enabled: true
    scopes: [account.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.DocumentDB/databaseAccounts'
          metricName: 'TotalRequests'
          operator: 'GreaterThan'
          threshold: 100
          timeAggregation: 'Count'
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
        }
      ]
    }
    actions: [{ actionGroupId: operators.id }]
  }
}
