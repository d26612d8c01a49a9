import { EDITION_2023_03_31 } from '../../../regulation/editions/2023-03-31.ts';

// A planted change of the rules that changes no command: a text of the regulation with another limit of level 1.
Object.assign(EDITION_2023_03_31.resolution[1], { limitMs: EDITION_2023_03_31.resolution[1].limitMs + 1 });

export { ticket } from '../../../workflows/ticket.ts';
