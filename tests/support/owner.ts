/**
 * The keys that open everything on the local Azure, for tests that look from outside.
 */
import { localKey, ownerName } from '../../local/kit/keys.ts';

export const ownerConnectionString = (serviceBus: string): string =>
  `Endpoint=${serviceBus};SharedAccessKeyName=${ownerName};SharedAccessKey=${localKey('service-bus', ownerName)};UseDevelopmentEmulator=true;`;
