/**
 * Sends traces and logs to Application Insights where the platform names one.
 * From: the setting APPLICATIONINSIGHTS_CONNECTION_STRING. Next: the company's own workspace.
 * Loaded only when it is used, so that a cold start does not pay for it.
 */

/** Does nothing without a connection string. @throws when telemetry cannot start: the app should not run blind. */
export const startTelemetry = async (connectionString: string | undefined): Promise<void> => {
  if (!connectionString) return;
  const { useAzureMonitor } = await import('applicationinsights');
  useAzureMonitor({ azureMonitorExporterOptions: { connectionString } });
};
