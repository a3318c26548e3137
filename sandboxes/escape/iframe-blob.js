/* {"family": "frames"} */
const frame = document.createElement('iframe'); frame.src = URL.createObjectURL(new Blob(['<img src=https://out.example/blob>'], { type: 'text/html' })); document.body.append(frame);
