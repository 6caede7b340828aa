using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Pictures;

/// <summary>Runs operations on pictures for the examples, and changes pictures so that an operation has something to do.</summary>
internal sealed class ExampleMaker(StudioInProcess studio, CancellationToken cancellationToken)
{
    public IPictureCodec Codec => studio.Codec;

    /// <summary>What the scene painter makes of a prompt.</summary>
    public Picture Scene(string prompt, int seed, int width = 640, int height = 480) =>
        Run("generate", new JsonObject { ["prompt"] = prompt, ["seed"] = seed, ["width"] = width, ["height"] = height });

    /// <summary>The first result of an operation.</summary>
    public Picture Run(string operation, JsonObject parameters, params ReadOnlySpan<(string Slot, Picture Picture)> inputs) =>
        All(operation, parameters, inputs)[0];

    /// <summary>All results of an operation.</summary>
    public IReadOnlyList<Picture> All(string operation, JsonObject parameters, params ReadOnlySpan<(string Slot, Picture Picture)> inputs)
    {
        parameters["output_format"] = "png";
        return [.. Result(operation, parameters, inputs).Outputs.Select(output => studio.Codec.Decode(output.File, PictureLimits.Default, cancellationToken))];
    }

    /// <summary>The data of an operation that delivers data.</summary>
    public JsonNode Data(string operation, Picture picture) => JsonNode.Parse(Result(operation, [], ("image", picture)).Data!)!;

    /// <summary>A picture with the noise of a sensor, in levels.</summary>
    public static Picture Noisy(Picture picture, double deviation)
    {
        var random = new Random(1);
        var result = picture.As(PixelFormat.Rgb);
        result = new(result.Width, result.Height, PixelFormat.Rgb, [.. result.Samples]);

        // Box and Muller 1958.
        for (var i = 0; i < result.Samples.Length; i++)
        {
            var noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            result.Samples[i] = (byte)Math.Clamp(Math.Round(result.Samples[i] + (deviation * noise)), 0, 255);
        }

        return result;
    }

    /// <summary>A picture with every pixel as a square.</summary>
    public static Picture Squares(Picture picture, int side)
    {
        var source = picture.As(PixelFormat.Rgb);
        var result = new Picture(source.Width * side, source.Height * side, PixelFormat.Rgb);
        for (var y = 0; y < result.Height; y++)
            for (var x = 0; x < result.Width; x++) source.Row(y / side).Slice(3 * (x / side), 3).CopyTo(result.Row(y)[(3 * x)..]);
        return result;
    }

    /// <summary>A part of a picture.</summary>
    public Picture Part(Picture picture, int x, int y, int width, int height) =>
        Run("crop", new JsonObject { ["x"] = x, ["y"] = y, ["width"] = width, ["height"] = height }, ("image", picture));

    /// <summary>A picture with the outlines of boxes and with dots drawn on it.</summary>
    public static Picture Marked(Picture picture, IEnumerable<(double X, double Y, double Width, double Height)> boxes, IEnumerable<(double X, double Y)> dots)
    {
        var source = picture.As(PixelFormat.Rgb);
        var result = new Picture(source.Width, source.Height, PixelFormat.Rgb, [.. source.Samples]);
        var line = Math.Max(2, picture.Height / 120);
        foreach (var (x, y, width, height) in boxes)
        {
            Fill(x, y, width, line);
            Fill(x, y + height - line, width, line);
            Fill(x, y, line, height);
            Fill(x + width - line, y, line, height);
        }

        foreach (var (x, y) in dots) Fill(x - (1.2 * line), y - (1.2 * line), 2.4 * line, 2.4 * line);
        return result;

        void Fill(double left, double top, double width, double height)
        {
            for (var y = Math.Max(0, (int)top); y < Math.Min(result.Height, (int)(top + height)); y++)
            {
                for (var x = Math.Max(0, (int)left); x < Math.Min(result.Width, (int)(left + width)); x++)
                    ((ReadOnlySpan<byte>)[255, 220, 0]).CopyTo(result.Row(y)[(3 * x)..]);
            }
        }
    }

    /// <summary>A picture in the middle of a gray one.</summary>
    public static Picture Framed(Picture picture, int left, int top, int right, int bottom)
    {
        var source = picture.As(PixelFormat.Rgb);
        var result = new Picture(source.Width + left + right, source.Height + top + bottom, PixelFormat.Rgb);
        Array.Fill(result.Samples, (byte)200);
        for (var y = 0; y < source.Height; y++) source.Row(y).CopyTo(result.Row(top + y)[(3 * left)..]);
        return result;
    }

    private InferenceResult Result(string operation, JsonObject parameters, params ReadOnlySpan<(string Slot, Picture Picture)> inputs)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<InferenceInput> files = [];
        foreach (var (slot, picture) in inputs) files.Add(new(slot, studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), cancellationToken)));
        return studio.Run(operation, parameters.ToJsonString(JsonSerializerOptions.Default), files, cancellationToken);
    }
}
