// Dunwell in one resource group: one organisation, all its companies.
// From: infra/topology.json (what there is) and generated/grants.json (who may do what with it).
// Next: one function app per app of the topology; the code comes by `azd deploy` from dist/.
// No keys anywhere: every app has an identity of its own, and each right is one role on one entity.
targetScope = 'resourceGroup'

@description('Name of this deployment, such as dev or prod; part of every resource name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Region of everything that has one.')
param location string = resourceGroup().location

@description('Where Communication Services keeps mail data at rest.')
param mailDataLocation string = 'Europe'

@description('Own mail domain; empty takes a domain managed by Azure.')
param mailDomain string = ''

@description('Whether the domain is verified. Linking an unverified one fails, so an own domain takes two deployments.')
param mailDomainVerified bool = empty(mailDomain)

@description('Issuer of staff tokens; this directory (Entra ID, v2.0) unless another is named.')
param identityIssuer string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'

@description('Where the issuer publishes its signing keys.')
param identityKeysUrl string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/discovery/v2.0/keys'

@description('Audience of staff tokens: the client id of the app registration.')
param identityAudience string

@description('Where customers reach the portal, such as https://pay.example.com; empty: at its app.')
param portalOrigin string = ''

@description('Build shown by GET /api/health, so that a deployment can be told from the one before.')
param build string

@description('Apps that may read secrets from the key vault.')
param secretReaders string[] = ['staff', 'portal', 'work', 'mail']

@description('Receives alerts and budget warnings.')
param operatorMail string

@description('Monthly budget in the currency of the subscription.')
param monthlyBudget int

@description('First day of the budget, the first of a month (yyyy-MM-01); cannot be changed later.')
param budgetStart string

@description('Gigabytes of logs a day at which collection stops.')
param logCapGb int = 1

@description('Whether what must not be lost is protected against deletion (purge protection, immutable anchors).')
param protectData bool

var token = take(uniqueString(resourceGroup().id, environmentName), 8)
var suffix = '${environmentName}-${token}'
var tags = { product: 'dunwell', environment: environmentName }

// One identity per app, made before its app, so that rights are in force when it first starts.
module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: { location: location, tags: tags, prefix: 'id-dunwell-${environmentName}' }
}

// Logs and traces.
module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: { location: location, tags: tags, name: 'dunwell-${suffix}', dailyCapGb: logCapGb }
}

// Blobs, queues and topics, documents, secrets.
module stores 'modules/stores.bicep' = {
  name: 'stores'
  params: { location: location, tags: tags, suffix: suffix, token: token, protectData: protectData }
}

// Mail out, and delivery reports back as messages.
module communication 'modules/communication.bicep' = {
  name: 'communication'
  params: {
    tags: tags
    name: 'acs-dunwell-${suffix}'
    dataLocation: mailDataLocation
    mailDomain: mailDomain
    linkDomain: mailDomainVerified
  }
}

module deliveryReports 'modules/event-grid.bicep' = {
  name: 'event-grid'
  params: {
    tags: tags
    name: 'evgt-dunwell-${suffix}'
    communicationName: communication.outputs.name
    namespaceName: stores.outputs.names.serviceBus
    queueName: 'delivery-reports'
    storageName: stores.outputs.names.storage
    undeliveredContainerName: stores.outputs.names.undeliveredContainer
  }
}

// Everything an app may do, and nothing else.
module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    identities: identities.outputs.apps
    stores: stores.outputs.names
    communicationName: communication.outputs.name
    insightsName: monitoring.outputs.insightsName
    secretReaders: secretReaders
  }
}

// The apps themselves, once all they need is there.
module apps 'modules/apps.bicep' = {
  name: 'apps'
  params: {
    location: location
    tags: tags
    suffix: suffix
    token: token
    identities: identities.outputs.apps
    insightsName: monitoring.outputs.insightsName
    settings: union(stores.outputs.settings, {
      DUNWELL_BUILD: build
      EMAIL__endpoint: communication.outputs.endpoint
      MAIL_FROM_DOMAIN: communication.outputs.senderDomain
      IDENTITY_ISSUER: identityIssuer
      IDENTITY_AUDIENCE: identityAudience
      IDENTITY_KEYS_URL: identityKeysUrl
      PORTAL_ORIGIN: empty(portalOrigin) ? 'https://func-dunwell-portal-${suffix}.azurewebsites.net' : portalOrigin
    })
  }
  dependsOn: [roles]
}

// What a person must hear of.
module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    tags: tags
    prefix: 'dunwell-${environmentName}'
    operatorMail: operatorMail
    stores: stores.outputs.names
  }
}

// What it may cost.
module budget 'modules/budget.bicep' = {
  name: 'budget'
  params: {
    name: 'budget-dunwell-${environmentName}'
    amount: monthlyBudget
    startDate: budgetStart
    operatorMail: operatorMail
  }
}

@description('Web address of each app.')
output appUrls array = apps.outputs.urls

@description('DNS records an own mail domain needs before it can be verified.')
output mailDomainRecords object = communication.outputs.verificationRecords

@description('Domain mails come from; empty until it is linked.')
output mailFrom string = communication.outputs.senderDomain
