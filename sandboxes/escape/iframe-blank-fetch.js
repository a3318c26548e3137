/* {"family": "frames"} */
const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.fetch('https://out.example/blank', { mode: 'no-cors' });
