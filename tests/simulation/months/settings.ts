/**
 * What a simulated company has set: how it writes, where it is paid to. From: nothing. Next: `world.ts`.
 */
export const mailSetting = {
  ...{ from: 'billing@dunwell.example', replyDomain: 'reply.dunwell.example' },
  address: ['1 Mill Lane', 'Berlin'],
  sender: { name: 'Ann Lee', email: 'ann@harrow.example', phone: '+49 30 1', hours: '9-17' },
  linkOrigin: 'https://pay.example.com',
};

export const ourBank = {
  inForce: {
    ...{ version: 1, holder: 'Harrow', account: 'DE02120300000000202051', reason: 'first' },
    ...{ askedBy: 'p1', askedAt: '2026-01-01T00:00:00Z' },
    ...{ releasedBy: 'p2', releasedAt: '2026-01-01T01:00:00Z' },
  },
};
