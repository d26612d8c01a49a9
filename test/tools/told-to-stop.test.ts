import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { toldToStop } from '../../tools/stack/told-to-stop.ts';

describe('being told to stop', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    it(`is heard from ${signal}`, async () => {
      const desk = listen();
      desk.signals.emit(signal);
      await desk.told;
      expect(desk.insisted).toBe(0);
    });
  }

  it('takes the Ctrl-C that npm passes on for the same press', () => {
    const desk = listen();
    desk.signals.emit('SIGINT');
    desk.nowMs += 999;
    desk.signals.emit('SIGINT');
    expect(desk.insisted).toBe(0);
  });

  it('takes a Ctrl-C a second later for a person who insists', () => {
    const desk = listen();
    desk.signals.emit('SIGINT');
    desk.nowMs += 1_000;
    desk.signals.emit('SIGINT');
    expect(desk.insisted).toBe(1);
  });

  it('does not take a terminal that closes for one who insists', () => {
    const desk = listen();
    desk.signals.emit('SIGINT');
    desk.nowMs += 60_000;
    desk.signals.emit('SIGHUP');
    expect(desk.insisted).toBe(0);
  });
});

function listen() {
  const desk = { signals: new EventEmitter(), nowMs: 0, insisted: 0, told: Promise.resolve() };
  desk.told = toldToStop({
    signals: desk.signals,
    nowMs: () => desk.nowMs,
    atOnce: () => {
      desk.insisted += 1;
    },
  });
  return desk;
}
