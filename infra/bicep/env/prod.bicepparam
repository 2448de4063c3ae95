// The deployment that dunns: data protected, own mail domain, linked once its DNS records are verified.
// az deployment group create --resource-group dunwell-prod --parameters infra/bicep/env/prod.bicepparam
using '../main.bicep'

param environmentName = 'prod'
param build = readEnvironmentVariable('DUNWELL_BUILD')
param identityAudience = readEnvironmentVariable('DUNWELL_IDENTITY_AUDIENCE')
param operatorMail = readEnvironmentVariable('DUNWELL_OPERATOR_MAIL')
param mailDomain = readEnvironmentVariable('DUNWELL_MAIL_DOMAIN')
param mailDomainVerified = readEnvironmentVariable('DUNWELL_MAIL_DOMAIN_VERIFIED', 'no') == 'yes'
param monthlyBudget = 400
param budgetStart = '2026-12-01'
param logCapGb = 5
param protectData = true
