/* {"family": "bombs", "bomb": true, "watch": 15000} */
const kept = []; for (;;) kept.push({ text: 'x'.repeat(1000) + kept.length, more: new Array(1000).fill(kept.length) });
