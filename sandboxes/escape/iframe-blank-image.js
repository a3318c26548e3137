/* {"family": "frames"} */
const frame = document.createElement('iframe'); document.body.append(frame); new frame.contentWindow.Image().src = 'https://out.example/blank';
