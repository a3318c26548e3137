/* {"family": "workers"} */
CSS.animationWorklet?.addModule('https://out.example/animation.js');
