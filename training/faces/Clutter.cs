using System.Numerics;

namespace PhotoStudio.Training.Faces;

/// <summary>
/// Overlapping discs, boxes, bars and ellipses with stripes and slopes of lightness (dead leaves, Lee, Mumford, Huang 2001), for what is
/// behind a face and for pictures without any. Lengths are distances between the eyes.
/// </summary>
internal sealed class Clutter
{
    private readonly Piece[] _pieces;
    private readonly float _ground;

    /// <summary>Throws the pieces over a square of about 5 units a side around (0, 0.4).</summary>
    public Clutter(Random random, int count)
    {
        _ground = random.NextSingle();
        _pieces = new Piece[count];
        for (var i = 0; i < count; i++)
        {
            _pieces[i] = new(
                new(4 * (random.NextSingle() - 0.5f), 0.4f + (5 * (random.NextSingle() - 0.5f))),
                0.08f * MathF.Pow(12, random.NextSingle()),
                random.NextSingle(),
                Matrix3x2.CreateRotation(random.NextSingle() * MathF.Tau),
                random.Next(4),
                2 + (25 * random.NextSingle() * random.NextSingle()),
                random.NextSingle() * 0.4f);
        }
    }

    /// <summary>Whether there is nothing but the ground.</summary>
    public bool IsEmpty => _pieces.Length == 0;

    /// <summary>The lightness at a point, 0–1.</summary>
    public float At(Vector2 point)
    {
        for (var i = _pieces.Length - 1; i >= 0; i--)
        {
            var piece = _pieces[i];
            var p = Vector2.Transform(point - piece.Middle, piece.Turn);
            var inside = piece.Kind switch
            {
                0 => p.Length() < piece.Radius,
                1 => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)) < piece.Radius,
                2 => Math.Abs(p.X) < piece.Radius * 4 && Math.Abs(p.Y) < piece.Radius * 0.3f,
                _ => (p.X * p.X) + (p.Y * p.Y * 6) < piece.Radius * piece.Radius,
            };
            if (inside)
                return Math.Clamp(piece.Light + (piece.Stripes * MathF.Sin(p.X * piece.Frequency)) + (0.3f * p.Y * piece.Stripes / piece.Radius), 0, 1);
        }

        return _ground;
    }

    private readonly record struct Piece(Vector2 Middle, float Radius, float Light, Matrix3x2 Turn, int Kind, float Frequency, float Stripes);
}
