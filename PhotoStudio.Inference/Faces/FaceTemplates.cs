namespace PhotoStudio.Inference.Faces;

/// <summary>
/// Where the landmarks of an aligned face are, as parts of the crop's side, for the networks that work on faces. Several publishers share
/// them.
/// </summary>
public static class FaceTemplates
{
    /// <summary>FFHQ's alignment at 512 pixels: face restoration (GFPGAN, CodeFormer).</summary>
    public static readonly FaceLandmarks Ffhq = new(
        new(0.37691676f, 0.46864664f), new(0.62285697f, 0.46912813f), new(0.50123859f, 0.61331904f),
        new(0.39308822f, 0.72541100f), new(0.61150205f, 0.72490465f));

    /// <summary>ArcFace at 112 pixels, as InsightFace aligns for recognition.</summary>
    public static readonly FaceLandmarks ArcFace112 = new(
        new(0.34191607f, 0.46157411f), new(0.65653393f, 0.45983393f), new(0.500225f, 0.64050536f),
        new(0.37097589f, 0.82469196f), new(0.63151696f, 0.82325089f));

    /// <summary>ArcFace at 128 pixels with more of the surroundings, as InSwapper takes it.</summary>
    public static readonly FaceLandmarks ArcFace128 = new(
        new(0.36167656f, 0.40387734f), new(0.63696719f, 0.40235469f), new(0.50019687f, 0.56044219f),
        new(0.38710391f, 0.72160547f), new(0.61507734f, 0.72034453f));
}
