/**
 * The zone a customer's hours are counted in: of its country, and where that has several, of its postal code.
 * From: master data. Next: quiet hours of reminders. Where nothing is known, the caller's own zone.
 */
import type { MasterData } from './master-data.ts';

const europe: Readonly<Record<string, string>> = {
  ...{ AT: 'Europe/Vienna', BE: 'Europe/Brussels', BG: 'Europe/Sofia', CH: 'Europe/Zurich' },
  ...{ CY: 'Asia/Nicosia', CZ: 'Europe/Prague', DE: 'Europe/Berlin', DK: 'Europe/Copenhagen' },
  ...{ EE: 'Europe/Tallinn', ES: 'Europe/Madrid', FI: 'Europe/Helsinki', FR: 'Europe/Paris' },
  ...{ GB: 'Europe/London', GR: 'Europe/Athens', HR: 'Europe/Zagreb', HU: 'Europe/Budapest' },
  ...{ IE: 'Europe/Dublin', IS: 'Atlantic/Reykjavik', IT: 'Europe/Rome', LI: 'Europe/Vaduz' },
  ...{ LT: 'Europe/Vilnius', LU: 'Europe/Luxembourg', LV: 'Europe/Riga', MT: 'Europe/Malta' },
  ...{ NL: 'Europe/Amsterdam', NO: 'Europe/Oslo', PL: 'Europe/Warsaw', PT: 'Europe/Lisbon' },
  ...{ RO: 'Europe/Bucharest', RS: 'Europe/Belgrade', SE: 'Europe/Stockholm', SI: 'Europe/Ljubljana' },
  ...{ SK: 'Europe/Bratislava', TR: 'Europe/Istanbul', UA: 'Europe/Kyiv' },
};

const elsewhere: Readonly<Record<string, string>> = {
  ...{ AE: 'Asia/Dubai', AR: 'America/Argentina/Buenos_Aires', BR: 'America/Sao_Paulo' },
  ...{ CL: 'America/Santiago', CN: 'Asia/Shanghai', CO: 'America/Bogota', EG: 'Africa/Cairo' },
  ...{ HK: 'Asia/Hong_Kong', IL: 'Asia/Jerusalem', IN: 'Asia/Kolkata', JP: 'Asia/Tokyo' },
  ...{ KE: 'Africa/Nairobi', KR: 'Asia/Seoul', MA: 'Africa/Casablanca', MX: 'America/Mexico_City' },
  ...{ NZ: 'Pacific/Auckland', PE: 'America/Lima', PH: 'Asia/Manila', SA: 'Asia/Riyadh' },
  ...{ SG: 'Asia/Singapore', TH: 'Asia/Bangkok', TW: 'Asia/Taipei', ZA: 'Africa/Johannesburg' },
};

/** By the first character of the postal code; the empty one where there is none. */
const byPostalCode: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    ...{ '': 'America/Chicago', 0: 'America/New_York', 1: 'America/New_York', 2: 'America/New_York' },
    ...{ 3: 'America/New_York', 4: 'America/New_York', 5: 'America/Chicago', 6: 'America/Chicago' },
    ...{ 7: 'America/Chicago', 8: 'America/Denver', 9: 'America/Los_Angeles' },
  },
  CA: {
    ...{ '': 'America/Toronto', A: 'America/St_Johns', B: 'America/Halifax', C: 'America/Halifax' },
    ...{ E: 'America/Moncton', R: 'America/Winnipeg', S: 'America/Regina', T: 'America/Edmonton' },
    ...{ V: 'America/Vancouver', Y: 'America/Whitehorse', X: 'America/Yellowknife' },
  },
  AU: {
    ...{ '': 'Australia/Sydney', 4: 'Australia/Brisbane', 5: 'Australia/Adelaide' },
    ...{ 6: 'Australia/Perth', 7: 'Australia/Hobart', 0: 'Australia/Darwin' },
  },
};

/** @param otherwise the zone of a country that is not known, or of nobody's. */
export const zoneOf = (
  { country, postalCode = '' }: Pick<MasterData, 'country' | 'postalCode'>,
  otherwise: string,
): string => {
  if (country === undefined) return otherwise;
  const zones = byPostalCode[country];
  if (zones !== undefined) return zones[postalCode.trim().slice(0, 1).toUpperCase()] ?? zones['']!;
  return europe[country] ?? elsewhere[country] ?? otherwise;
};
