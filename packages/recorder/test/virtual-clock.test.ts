import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../src/virtual-clock.ts';

describe('tell', () => {
  it('gives an event that is delivered late the time at which it happened', () => {
    let real = 1000;
    const clock = new VirtualClock(() => real);
    clock.pause(500);
    real = 1010;
    clock.pause(70);
    expect([clock.tell(1000), clock.tell(1005), clock.tell(1011), clock.now()]).toEqual([1000, 1505, 1581, 1580]);
  });

  it('keeps the order of events whatever the pauses', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(10_000))), fc.array(fc.nat(2000), { minLength: 2 }), (pauses, times) => {
        let real = 0;
        const clock = new VirtualClock(() => real);
        for (const [later, ms] of pauses) {
          real += later;
          clock.pause(ms);
        }
        const told = times.toSorted((a, b) => a - b).map((time) => clock.tell(time));
        expect(told).toEqual(told.toSorted((a, b) => a - b));
      }),
    );
  });
});
