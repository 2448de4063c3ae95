/**
 * Machines that answer pause nothing, people do (R168): thirty answers of ticket systems, absence notes and mail servers in
 * four languages as such systems write them, and people who use the same words.
 */
import { expect, it } from 'vitest';
import { autoReplyOf, type InboundHeaders } from '../../shared/domain/auto-reply.ts';

const kim = 'kim@north.example';
const auto = { 'auto-submitted': 'auto-replied' };
const quiet = { 'x-auto-response-suppress': 'All' };

it.each<[subject: string, from?: string, headers?: InboundHeaders]>([
  ['Out of Office: Payment reminder – Acme – account 4711'],
  ['Out of office Re: Overdue notice'],
  ['Automatic reply: Payment overdue'],
  ['Auto-Reply: Statement of account'],
  ['Autoreply: Your invoice 4711', kim, { precedence: 'auto_reply' }],
  ['I am on annual leave until 3 August'],
  ['On parental leave: Re: Payment reminder'],
  ['Away from my desk: Re: Payment reminder'],
  ['Re: Payment reminder', kim, auto],
  ['Payment reminder', kim, quiet],
  ['Abwesenheitsnotiz: Zahlungserinnerung'],
  ['Automatische Antwort: Mahnung'],
  ['Ich bin nicht im Büro: Mahnung'],
  ['Abwesend bis 12.08.: AW: Zahlungserinnerung'],
  ['Bin bis Montag nicht im Haus'],
  ['Réponse automatique : Rappel de règlement'],
  ['Absence du bureau : Rappel de règlement'],
  ['Absent jusqu’au 20 août'],
  ['En congés : Re: Relance pour impayé'],
  ['תגובה אוטומטית: תזכורת תשלום'],
  ['מחוץ למשרד: תזכורת תשלום'],
  ['[Ticket #48213] Payment reminder', 'ticket@north.example'],
  ['Case 00918273: Your message', 'support@north.example'],
  ['Re: [INCIDENT-20394] Overdue notice', 'servicedesk@north.example', auto],
  ['We received your request 77120', 'helpdesk@north.example'],
  ['Vorgang 5512345: Zahlungserinnerung', 'noreply@nord.example'],
  ['Wir haben Ihre Anfrage erhalten', 'support@nord.example'],
  ['Nous avons bien reçu votre demande', 'no-reply@nord.example'],
  ['Undeliverable: Payment reminder', 'postmaster@north.example'],
  ['Delivery Status Notification (Failure)', 'mailer-daemon@north.example'],
])('%s: a machine', (subject, from = kim, headers = {}) => {
  expect(autoReplyOf(headers, subject, from)).toBeDefined();
});

it.each<[subject: string, from?: string, headers?: InboundHeaders]>([
  ['Re: Payment reminder – Acme – account 4711'],
  ['Re: Payment reminder', kim, { 'auto-submitted': 'no' }],
  ['We paid on Friday'],
  ['Re: Invoice 4711: absence of a delivery note'],
  ['AW: Rechnung 4711, Lieferschein abwesend?'],
  ['Our ticket 48213 with you is still open'],
  ['Re: your case number 77120'],
  ['Facture 4711 : bon de livraison absent'],
  ['Goods taken away from our ramp, invoice 4711'],
  ['Undelivered goods of invoice 4711'],
  ['Colis non remis, facture 4711'],
  ['Who is on leave at your side? Nobody answers'],
])('%s: a person', (subject, from = kim, headers = {}) => {
  expect(autoReplyOf(headers, subject, from)).toBeUndefined();
});
