/**
 * The mapping profiles that come with the product.
 * From: the files beside this one. Next: ingestion chooses by header (`profileFor`) among these and the
 * company's own; a company's profile of the same name goes before.
 */
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { dunwellInvoices } from './profile-dunwell.ts';
import { genericProfiles } from './profile-generic.ts';
import { walkProfiles } from './profile-walk.ts';

export const builtInProfiles: readonly MappingProfile[] = [
  dunwellInvoices,
  ...genericProfiles,
  ...walkProfiles,
];
