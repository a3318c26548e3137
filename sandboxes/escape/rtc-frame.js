/* {"family": "webrtc", "watch": 1800} */
const frame = document.createElement('iframe'); document.body.append(frame); const peer = new frame.contentWindow.RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.7:3478' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
