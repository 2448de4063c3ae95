/**
 * Writes the reference pages. Run it after each change of the topology or of the default policies; a tidy test fails until it has been run.
 * From: `infra/topology.json`, the default policies. Next: the pages of `docs/reference`.
 */
import { policiesReference, topologyReference, writeGenerated } from './generate/generated-files.ts';

writeGenerated(topologyReference);
writeGenerated(policiesReference);
