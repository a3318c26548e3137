/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.7:3478' }], iceCandidatePoolSize: 4 }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
