namespace PhotoStudio.Inference.Algorithms;

/// <summary>A symmetric 3×3 matrix, such as the covariance of colours.</summary>
public readonly record struct SymmetricMatrix3(float Xx, float Xy, float Xz, float Yy, float Yz, float Zz)
{
    /// <summary>The inverse by cofactors; the determinant is kept away from zero.</summary>
    public SymmetricMatrix3 Inverse()
    {
        float xx = (Yy * Zz) - (Yz * Yz), xy = (Xz * Yz) - (Xy * Zz), xz = (Xy * Yz) - (Xz * Yy);
        float yy = (Xx * Zz) - (Xz * Xz), yz = (Xy * Xz) - (Xx * Yz), zz = (Xx * Yy) - (Xy * Xy);
        var scale = 1 / Math.Max((Xx * xx) + (Xy * xy) + (Xz * xz), 1e-20f);
        return new(xx * scale, xy * scale, xz * scale, yy * scale, yz * scale, zz * scale);
    }

    /// <summary>The matrix times a column vector.</summary>
    public (float X, float Y, float Z) Multiply(float x, float y, float z) =>
        ((Xx * x) + (Xy * y) + (Xz * z), (Xy * x) + (Yy * y) + (Yz * z), (Xz * x) + (Yz * y) + (Zz * z));
}
