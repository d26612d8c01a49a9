/** `npm start` after the set-up: lets Node read TypeScript, then hands over to stack/main.ts. */
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./stack/main.ts');
await main();
