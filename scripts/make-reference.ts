/**
 * Writes the reference pages. Run it after each change of the topology, the default policies, the texts or of what a test says
 * it shows; a tidy test fails until it has been run.
 * From: `infra/topology.json`, the default policies, the texts, the tests' headers. Next: the pages of `docs/reference`.
 */
import {
  policiesReference,
  promisesReference,
  textsReference,
  topologyReference,
  writeGenerated,
} from './generate/generated-files.ts';

writeGenerated(topologyReference);
writeGenerated(policiesReference);
writeGenerated(textsReference);
writeGenerated(promisesReference);
