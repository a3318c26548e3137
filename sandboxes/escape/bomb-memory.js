/* {"family": "bombs", "bomb": true, "watch": 15000} */
const kept = []; setInterval(() => { kept.push(new Uint8Array(8 << 20).fill(1)); }, 4);
