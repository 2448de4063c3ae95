// What `azd provision` takes: everything from the azd environment (`azd env set NAME value`).
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param build = readEnvironmentVariable('DUNWELL_BUILD', 'azd')
param identityAudience = readEnvironmentVariable('DUNWELL_IDENTITY_AUDIENCE')
param operatorMail = readEnvironmentVariable('DUNWELL_OPERATOR_MAIL')
param monthlyBudget = int(readEnvironmentVariable('DUNWELL_MONTHLY_BUDGET', '50'))
param budgetStart = readEnvironmentVariable('DUNWELL_BUDGET_START', '2026-12-01')
param protectData = readEnvironmentVariable('DUNWELL_PROTECT_DATA', 'no') == 'yes'
