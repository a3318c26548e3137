/* {"family": "workers"} */
CSS.paintWorklet.addModule('https://out.example/paint.js');
