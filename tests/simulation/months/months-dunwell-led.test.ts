/**
 * Random months of companies whose book is kept here: items entered, bank lines, portal, staff, mail, and all that can
 * go wrong.
 */
import { liveSeeds } from './live-seeds.ts';

liveSeeds(2);
