/** The channels on which a request may be made, as §2.1 lists them; anything else is no request (§2.2). */
export const OFFICIAL_CHANNELS = {
  phones: ['+996 755 979 805', '+996 312 979 805'],
  email: 'support@siroca.com',
  telegram: '@Siroca_Technology_bot',
  site: 'www.siroca.com',
} as const;
