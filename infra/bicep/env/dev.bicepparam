// A deployment to try things on: small budget, nothing protected, mail from a domain managed by Azure.
// az deployment group create --resource-group dunwell-dev --parameters infra/bicep/env/dev.bicepparam
using '../main.bicep'

param environmentName = 'dev'
param build = readEnvironmentVariable('DUNWELL_BUILD', 'dev')
param identityAudience = readEnvironmentVariable('DUNWELL_IDENTITY_AUDIENCE')
param operatorMail = readEnvironmentVariable('DUNWELL_OPERATOR_MAIL')
param monthlyBudget = 50
param budgetStart = '2026-12-01'
param protectData = false
