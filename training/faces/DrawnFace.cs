using System.Numerics;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Training.Faces;

/// <summary>
/// A face from the front as light and dark, drawn from its proportions with chance in everything: build, light, hair, beard, glasses,
/// whether the mouth is open, how far the head is turned, and what is behind it. Lengths are distances between the eyes.
/// </summary>
internal sealed class DrawnFace(Random random)
{
    /// <summary>Draws it, 0–1, four samples a pixel.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="eyesMiddle">The point between the eyes, in pixels.</param>
    /// <param name="unit">The distance between the eyes, in pixels.</param>
    /// <param name="tilt">How far the head leans clockwise, in radians.</param>
    public Plane Paint(int width, int height, Vector2 eyesMiddle, float unit, float tilt)
    {
        var look = new Look(random);
        var (contrast, lift, noise) = (Between(0.5f, 1.1f), Between(-0.1f, 0.1f), Between(0, 0.03f));
        var back = Matrix3x2.CreateRotation(-tilt);
        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                float sum = 0;
                for (var k = 0; k < 4; k++)
                {
                    var at = new Vector2(x + 0.25f + (0.5f * (k & 1)), y + 0.25f + (0.5f * (k >> 1)));
                    sum += look.At(Vector2.Transform((at - eyesMiddle) / unit, back));
                }

                var grain = noise * 2 * (random.NextSingle() + random.NextSingle() - 1);
                plane[x, y] = Math.Clamp((((sum / 4) - 0.5f) * contrast) + 0.5f + lift + grain, 0, 1);
            }
        }

        return plane;
    }

    private float Between(float low, float high) => low + ((high - low) * random.NextSingle());

    private sealed class Look
    {
        private readonly Random _random;
        private readonly float _skin, _hair, _cloth, _halfWidth, _chin, _top, _hairline, _hairReach, _hairTop, _neck, _ambient, _ground, _slope;
        private readonly bool _bald, _long;
        private readonly Vector3 _light;
        private readonly float _eyeHigh, _eyeWide, _eyeAt, _white, _iris, _socket, _lid, _browAt, _browHigh, _browWide, _brow;
        private readonly float _noseAt, _noseWide, _nostrils, _ridge, _noseSide, _noseBase, _cast, _cheek, _fold, _chinShade, _shine;
        private readonly float _mouthAt, _mouthWide, _lips, _line, _smile, _open, _teeth, _beard, _moustache, _glasses, _turn;
        private readonly Clutter _behind;

        public Look(Random random)
        {
            _random = random;
            (_skin, _hair, _cloth) = (Between(0.3f, 0.85f), Happens(0.2f) ? Between(0.4f, 0.9f) : Between(0.05f, 0.35f), Between(0, 1));
            (_halfWidth, _chin, _top, _hairline) = (Between(0.93f, 1.12f), Between(1.62f, 1.95f), Between(-1.3f, -1.05f), Between(-1.05f, -0.6f));
            (_bald, _long, _hairReach, _hairTop) = (Happens(0.15f), Happens(0.4f), _halfWidth + Between(0.08f, 0.35f), _top - Between(0.05f, 0.4f));
            _light = Vector3.Normalize(new(Between(-1, 1) * Between(0, 1), Between(-1, 0.3f), Between(0.5f, 1.6f)));
            (_ambient, _shine, _neck) = (Between(0.3f, 0.8f), Between(0, 0.1f), Between(0.5f, 0.95f));
            (_eyeAt, _eyeHigh, _eyeWide, _white, _iris) = (Between(-0.02f, 0.02f), Between(0.05f, 0.1f), Between(0.17f, 0.24f), Between(0, 0.7f), Between(0.05f, 0.3f));
            (_socket, _lid) = (Between(0.05f, 0.4f), Between(0.2f, 0.9f));
            (_browAt, _browHigh, _brow, _browWide) = (Between(-0.42f, -0.24f), Between(0.03f, 0.08f), Between(0.15f, 0.8f), Between(0.22f, 0.32f));
            (_noseAt, _noseWide, _nostrils, _ridge) = (Between(0.55f, 0.72f), Between(0.1f, 0.2f), Between(0.1f, 0.5f), Between(0, 0.15f));
            (_noseSide, _noseBase, _cast) = (Between(0, 0.3f), Between(0, 0.3f), Between(0, 0.35f));
            (_mouthAt, _mouthWide, _lips, _line, _smile) = (Between(0.95f, 1.2f), Between(0.3f, 0.5f), Between(0, 0.4f), Between(0.2f, 0.8f), Between(-0.05f, 0.12f));
            (_open, _teeth) = (Happens(0.3f) ? Between(0.03f, 0.16f) : 0, Happens(0.7f) ? Between(0.6f, 0.95f) : 0.15f);
            (_beard, _moustache, _glasses) = (Rare(0.15f, 0.2f, 0.7f), Rare(0.2f, 0.2f, 0.7f), Rare(0.15f, 0.3f, 0.9f));
            (_chinShade, _fold, _cheek) = (Between(0, 0.25f), Between(0, 0.2f), Between(0, 0.12f));
            (_turn, _ground, _slope) = (Between(-0.13f, 0.13f) * Between(0, 1.2f), Between(0, 1), Between(-0.3f, 0.3f));
            _behind = new Clutter(random, Happens(0.5f) ? 0 : random.Next(40));
        }

        public float At(Vector2 p)
        {
            var color = Around(p);
            var down = p.Y < 0.3f ? (p.Y - 0.3f) / (0.3f - _top) : (p.Y - 0.3f) / (_chin - 0.3f);
            var across = p.X / (_halfWidth * (p.Y > 0.3f ? 1 - (0.28f * down * down) : 1));
            if ((across * across) + (down * down) > 1) return color;
            if (!_bald && p.Y < _hairline + (0.25f * p.X * p.X)) return _hair;

            // Lambert's law on a bulging oval.
            var normal = Vector3.Normalize(new(0.9f * across, 0.7f * down, MathF.Sqrt(Math.Max(0.05f, 1 - (0.8f * across * across) - (0.5f * down * down)))));
            var face = _skin * (_ambient + ((1.1f - _ambient) * Math.Max(0, Vector3.Dot(normal, _light))));
            var turned = new Vector2((p.X - _turn) / (1 - (0.6f * _turn * MathF.Sign(p.X))), p.Y);
            face = Relief(face, turned);
            face = Eyes(face, turned);
            return Mouth(face, turned) + (_shine * Bump(turned, 0, -0.55f, 0.3f, 0.2f));
        }

        private float Around(Vector2 p)
        {
            var color = _behind.IsEmpty ? Math.Clamp(_ground + (_slope * (p.Y + p.X) * 0.4f), 0, 1) : _behind.At(p);
            if (p.Y > 2.2f - (0.15f * MathF.Cos(p.X)) + (0.2f * Math.Abs(p.X))) color = _cloth;
            if (!_bald && Inside(p, 0, 0.1f, _hairReach, 0.1f - _hairTop)) color = _hair;
            if (!_bald && _long && p.Y is > 0 and < 2.6f && Math.Abs(p.X) < _hairReach) color = _hair;
            if (Math.Abs(p.X) < 0.62f && p.Y is > 0.8f and < 2.4f) color = _skin * _neck;
            return !_long && Inside(Mirrored(p), _halfWidth + 0.02f, 0.15f, 0.12f, 0.28f) ? _skin * 0.8f : color;
        }

        private float Relief(float face, Vector2 p)
        {
            var m = Mirrored(p);
            face *= 1 + (_cheek * Bump(m, 0.55f, 0.5f, 0.25f, 0.2f)) + (_ridge * Bump(p, 0, 0.3f, 0.08f, 0.3f));
            face *= 1 - (_noseSide * Bump(m, 0.17f, 0.25f, 0.07f, 0.25f)) - (_socket * Bump(m, 0.48f, -0.04f, 0.27f, 0.15f)) - (0.5f * _socket * Bump(m, 0.2f, -0.02f, 0.09f, 0.12f));
            face *= 1 - (_cast * Bump(new(p.X + (0.25f * _light.X), p.Y), 0, _noseAt + 0.02f, 0.16f, 0.1f));
            face *= 1 - (_nostrils * Bump(m, 0.11f, _noseAt + 0.03f, 0.05f, 0.035f)) - (_noseBase * Bump(p, 0, _noseAt + 0.08f, _noseWide, 0.05f));
            face *= 1 - (_fold * Bump(new(m.X - (0.15f * (p.Y - 0.8f)), m.Y), 0.38f, 0.85f, 0.03f, 0.18f)) - (_chinShade * Bump(p, 0, _mouthAt + 0.27f, 0.22f, 0.06f));
            return face * (1 - (p.Y > 0.8f ? _beard * Bump(p, 0, _mouthAt + 0.2f, 0.6f, 0.4f) : 0) - (_moustache * Bump(p, 0, _mouthAt - 0.17f, 0.32f, 0.06f)));
        }

        private float Eyes(float face, Vector2 p)
        {
            var m = Mirrored(p);
            face *= 1 - (_brow * Oval(m.X, m.Y + (0.3f * (m.X - 0.5f) * (m.X - 0.5f)), 0.52f, _browAt, _browWide, _browHigh));
            var down = p.Y - _eyeAt;
            var opening = Oval(m.X, down, 0.5f, 0, _eyeWide, _eyeHigh);
            face += (0.95f - face) * _white * opening;
            face += (_iris - face) * opening * Oval(m.X, down, 0.5f, 0, 0.095f, 0.095f);
            face *= 1 - (_lid * Bump(m, 0.5f, _eyeAt - _eyeHigh, _eyeWide * 0.8f, 0.03f)) - (0.3f * _lid * Bump(m, 0.5f, _eyeAt + _eyeHigh, _eyeWide * 0.8f, 0.02f));
            if (_glasses == 0) return face;

            var rim = MathF.Sqrt(((m.X - 0.5f) * (m.X - 0.5f) / 1.2f) + ((p.Y - 0.05f) * (p.Y - 0.05f)));
            return Math.Abs(rim - 0.34f) < 0.035f || (m.X < 0.2f && Math.Abs(p.Y + 0.02f) < 0.03f) ? face * (1 - _glasses) : face;
        }

        private float Mouth(float face, Vector2 p)
        {
            var down = p.Y - _mouthAt + (_smile * ((p.X * p.X / (_mouthWide * _mouthWide)) - 0.4f));
            face *= 1 - (_lips * Oval(p.X, down, 0, 0.01f, _mouthWide, 0.11f + _open));
            if (_open == 0) return face * (1 - (_line * Oval(p.X, down, 0, 0, _mouthWide, 0.035f)));

            var gap = Oval(p.X, down, 0, 0, _mouthWide * 0.85f, _open);
            face += ((down < _open * 0.4f ? _teeth * Math.Min(1, _skin + 0.3f) : 0.15f) - face) * gap;
            return face * (1 - (_line * (Oval(p.X, down, 0, 0, _mouthWide * 0.95f, _open + 0.03f) - gap)));
        }

        private float Between(float low, float high) => low + ((high - low) * _random.NextSingle());

        private bool Happens(float chance) => _random.NextSingle() < chance;

        private float Rare(float chance, float low, float high) => Happens(chance) ? Between(low, high) : 0;

        private static Vector2 Mirrored(Vector2 p) => new(Math.Abs(p.X), p.Y);

        private static bool Inside(Vector2 p, float x, float y, float wide, float high) =>
            ((p - new Vector2(x, y)) / new Vector2(wide, high)).LengthSquared() < 1;

        // 1 inside an oval, 0 outside, with a soft edge.
        private static float Oval(float px, float py, float x, float y, float wide, float high) =>
            Math.Clamp(((1 - new Vector2((px - x) / wide, (py - y) / high).Length()) * 3) + 0.5f, 0, 1);

        private static float Bump(Vector2 p, float x, float y, float wide, float high) =>
            MathF.Exp(-0.5f * new Vector2((p.X - x) / wide, (p.Y - y) / high).LengthSquared());
    }
}
