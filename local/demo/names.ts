/**
 * Invented names of customers and of the people who pay for them. None of them exists; addresses end in `.example`.
 * From: the demo's generator. Next: `accounts.ts`.
 */
import type { Numbers } from './numbers.ts';

const firsts: Record<string, readonly string[]> = {
  GB: ['Ashwick', 'Brindle', 'Coldharrow', 'Dunmoor', 'Elmstead', 'Fenwold', 'Garthby', 'Hexley', 'Ivelet'],
  IE: ['Kilmorna', 'Ballyreen', 'Dunvarra'],
  DE: ['Amselgrund', 'Birkenried', 'Dachswald', 'Erlentor', 'Fuchsbruck', 'Grauheide', 'Haslach', 'Iltisau'],
  FR: ['Aubreval', 'Boisclair', 'Chantelune', 'Doucemont', 'Ervalon'],
  US: ['Alderpoint', 'Bramble Creek', 'Cedarholm', 'Duskwater', 'Elkridge', 'Foxhollow', 'Granite Bend'],
  IL: ['Gefen Carmel', 'Shaked Galil', 'Tamar Negba'],
};
const trades: Record<string, readonly string[]> = {
  GB: ['Catering', 'Foods', 'Hotels', 'Care Homes', 'Bakeries', 'Cleaning', 'Schools Trust', 'Retail'],
  IE: ['Dairies', 'Hotels', 'Foods'],
  DE: ['Feinkost', 'Kliniken', 'Gebäudedienste', 'Großküchen', 'Verpackungen', 'Handel', 'Hotelbetriebe'],
  FR: ['Traiteur', 'Hôtellerie', 'Emballages', 'Entretien'],
  US: ['Diners', 'Markets', 'Facilities', 'Foodservice', 'Packaging', 'Medical Group', 'Lodging'],
  IL: ['Foods', 'Hotels', 'Supplies'],
};
const forms: Record<string, readonly string[]> = {
  GB: ['Ltd', 'plc'],
  IE: ['Ltd'],
  DE: ['GmbH', 'AG', 'KG'],
  FR: ['SAS', 'SARL'],
  US: ['Inc', 'LLC'],
  IL: ['Ltd'],
};
const people: Record<string, readonly string[]> = {
  en: ['Nora Pell', 'Owen Tarrant', 'Maud Istead', 'Colin Varley', 'Tess Arkwright', 'Glen Moberly'],
  de: ['Karin Ohlendorf', 'Jens Wittrock', 'Petra Lühmann', 'Uwe Stahnke', 'Heike Brandis'],
  fr: ['Claire Vautrin', 'Luc Pernelle', 'Odile Garance'],
  he: ['Noa Regev', 'Yair Alon', 'Dana Peled'],
};

const cities: Record<string, readonly string[]> = {
  ...{ GB: ['Leeds', 'York', 'Hull'], IE: ['Cork'], IL: ['Haifa'], FR: ['Lille', 'Reims'] },
  ...{ DE: ['Kassel', 'Fulda', 'Göttingen'], US: ['Columbus', 'Dayton', 'Toledo'] },
};
export const cityOf = (country: string, at: number): string =>
  cities[country]![at % cities[country]!.length]!;

/** Of ranges that are given to nobody. */
const phones: Record<string, string> = {
  ...{
    GB: '+44 1632 9600',
    IE: '+353 20 910 00',
    DE: '+49 30 23125 0',
    FR: '+33 1 99 00 00 ',
    US: '+1 614 555 01',
  },
  IL: '+972 55 500 00',
};
export const phoneOf = (country: string, at: number): string =>
  `${phones[country]}${String(at % 100).padStart(2, '0')}`;

export const languageOf = (country: string): string => ({ DE: 'de', FR: 'fr', IL: 'he' })[country] ?? 'en';

/** A name nobody has yet. */
export const customerName = (country: string, numbers: Numbers, taken: Set<string>): string => {
  for (;;) {
    const name = [firsts, trades, forms].map((list) => numbers.oneOf(list[country]!)).join(' ');
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
};

export const personName = (language: string, numbers: Numbers): string => numbers.oneOf(people[language]!);
