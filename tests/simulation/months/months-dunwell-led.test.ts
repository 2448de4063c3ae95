/**
 * Random months of companies whose book is kept here: items entered, bank lines, portal, staff, mail, and all that can
 * go wrong (D1, D2, D4 to D16).
 */
import { liveSeeds } from './live-seeds.ts';

liveSeeds(2);
