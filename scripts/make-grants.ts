/**
 * Writes the rights of each app as Bicep reads them. Run it after each change of the topology; a tidy test
 * fails until it has been run.
 * From: `infra/topology.json`. Next: `infra/bicep/generated/grants.json`.
 */
import { bicepGrants, writeGenerated } from './generate/generated-files.ts';

writeGenerated(bicepGrants);
