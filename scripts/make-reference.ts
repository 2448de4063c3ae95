/**
 * Writes the reference pages. Run it after each change of the topology; a tidy test fails until it has been run.
 * From: `infra/topology.json`. Next: `docs/reference/topology.md`.
 */
import { topologyReference, writeGenerated } from './generate/generated-files.ts';

writeGenerated(topologyReference);
