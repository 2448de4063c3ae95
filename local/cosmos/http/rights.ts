/**
 * What each app may do with each container, from the topology; a missing right shows here first.
 * From: the app that signed. Next: handlers go on, or the SDK sees 403 with the right that is missing.
 * `writes` includes reading. Whoever follows a feed may write `leases`. The owner may do everything.
 */
import { grantsOf, type Topology } from '../../../shared/contracts/topology.ts';
import { ownerName } from '../../kit/keys.ts';
import { Refusal, substatus } from '../refusal.ts';

export type Right = 'reads' | 'writes' | 'feeds';

/** @throws Refusal 403 substatus 5302 naming app, right and container */
export type RightsCheck = (app: string, right: Right, container: string) => void;

export const leaseContainer = 'leases';

export const createRights = (topology: Topology): RightsCheck => {
  const granted = new Set<string>();
  for (const app of Object.keys(topology.apps))
    for (const grant of rightsOf(app, topology)) granted.add(grant);

  return (app, right, container) => {
    if (app === ownerName || granted.has(`${app} ${right} ${container}`)) return;
    throw new Refusal(
      403,
      `Request blocked: app "${app}" lacks "${right}": ["${container}"]; ` +
        'grant it to one of its surfaces in topology.json',
      substatus.rightMissing,
    );
  };
};

function* rightsOf(app: string, topology: Topology): Generator<string> {
  const { reads, writes, feeds } = grantsOf(app, topology);
  const writable = feeds.length > 0 ? [...writes, leaseContainer] : writes;
  for (const name of [...reads, ...writable]) yield `${app} reads ${name}`;
  for (const name of writable) yield `${app} writes ${name}`;
  for (const name of feeds) yield `${app} feeds ${name}`;
}
