namespace PhotoStudio.Core.Operations;

/// <summary>The parameter that repeats what chance decided.</summary>
public static class SeedParameter
{
    /// <summary>Makes the parameter <c>seed</c>; without it the engine takes 0.</summary>
    /// <param name="description">What chance decides, in a sentence.</param>
    public static IntegerParameter Create(string description) =>
        new("seed", $"{description} The same seed gives the same result.", 0, int.MaxValue) { Default = 0 };
}
