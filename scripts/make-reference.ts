/**
 * Writes the reference pages. Run it after each change of the topology, the default policies or the texts; a tidy test fails until it has been run.
 * From: `infra/topology.json`, the default policies, the texts. Next: the pages of `docs/reference`.
 */
import {
  policiesReference,
  textsReference,
  topologyReference,
  writeGenerated,
} from './generate/generated-files.ts';

writeGenerated(topologyReference);
writeGenerated(policiesReference);
writeGenerated(textsReference);
