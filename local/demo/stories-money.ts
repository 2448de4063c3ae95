/**
 * Money of the stories: what banks booked, and what was billed on the morning it opens.
 * From: what each story needs. Next: `feeds.ts`. Amounts in minor units.
 */
import type { Booked } from './bank.ts';
import { dayAfter } from './numbers.ts';
import { today } from './plan.ts';
import { branches } from './stories-ledger.ts';
import type { Invoice, World } from './world.ts';

const yesterday = dayAfter(today, -1);

/** All that fourteen branches have open: their head office pays it, and says nothing. */
export const wireOf = ({ invoices }: World): number =>
  invoices
    .filter(({ account, clearedOn }) => branches.includes(account) && clearedOn === undefined)
    .reduce((sum, { amount }) => sum + amount, 0);

const paid = (amount: number, reference: string, payer: string, text: string): Booked => ({
  ...{ amount, reference, payer, text },
});

const kassel = (world: World): Record<string, Booked[]> => {
  const debit = paid(2_380_00, 'K-2002', 'Moorbach Feinkost KG', 'Lastschrift GS-301');
  const endToEnd = 'DD-GS-301';
  return {
    // a promise kept to the cent, and nobody can say for which invoices
    '2026-10-15': [paid(6_400_00, 'K-1501', 'Eschental Hotelbetriebe GmbH', 'Zahlung')],
    [yesterday]: [
      paid(wireOf(world), 'K-2001', 'Rauhfels Handel AG', 'Sammelzahlung'),
      // collected in the morning, back in the evening: no funds
      { ...debit, endToEnd },
      {
        ...debit,
        amount: -2_380_00,
        reference: 'K-2003',
        text: 'Ruecklastschrift',
        endToEnd,
        returned: 'AM04',
      },
    ],
  };
};

const columbus: Record<string, Booked[]> = {
  [yesterday]: [
    // twelve days after the invoice, with the discount of ten; fifteen days after it
    paid(9_800_00, 'C-2001', 'SABLEWOOD MARKETS INC', 'INV IS-201'),
    paid(7_840_00, 'C-2002', 'TIDEWELL FOODSERVICE LLC', 'INV IS-301'),
    paid(1_200_00, 'C-2003', 'UMBERFIELD LODGING LLC', 'INV IS-401'),
    paid(25_200_00, 'C-2004', 'VINEMONT FACILITIES INC', 'INV IS-501'),
  ],
};

export const bookedOn = (world: World, day: string): readonly Booked[] => {
  const { letter } = world.plan;
  return (letter === 'G' ? kassel(world)[day] : letter === 'I' ? columbus[day] : undefined) ?? [];
};

/** Invoices of the morning, for a customer who filed for insolvency the day before. */
export const invoicesOfMorning = ({ invoices }: World, day: string): readonly Invoice[] =>
  day === today ? invoices.filter(({ number }) => ['GS-403', 'GS-404'].includes(number)) : [];
