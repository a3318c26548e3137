/* {"family": "bombs", "bomb": true, "watch": 15000} */
const kept = []; setInterval(() => { for (let i = 0; i < 20; i++) kept.push(new Uint8Array(8 << 20).fill(i)); }, 10);
